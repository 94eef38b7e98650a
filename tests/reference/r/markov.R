# Discrete-time chains: quantities by matrix algebra, errors by msm's delta method
# (symbolic derivatives), the Markov test by loglin.
source("write.R")
suppressPackageStartupMessages(library(msm))

states <- c("two", "three", "four"); ends <- c("registered", "left")
counts <- matrix(c(
  900, 40, 6, 4, 50,
  12, 700, 30, 8, 40,
  2, 9, 400, 25, 20
), 3, byrow = TRUE, dimnames = list(states, c(states, ends)))
n <- rowSums(counts); p <- counts / n

# Chance of ever being registered from each state, and mean steps of those who are.
visits <- solve(diag(3) - p[, 1:3])
ever <- as.numeric(visits %*% p[, 4])
taken <- as.numeric(visits %*% ever) / ever

# The delta method needs every free chance as a parameter: x1..x12, row by row, the
# last column being what is left. Inverses are written out by Cramer's rule.
x <- function(i, j) paste0("x", (i - 1) * 4 + j)
a <- matrix("", 3, 3)
for (i in 1:3) for (j in 1:3) a[i, j] <- if (i == j) paste0("(1-", x(i, j), ")") else paste0("(-", x(i, j), ")")
r <- sapply(1:3, function(i) x(i, 4))
det3 <- function(m) paste0(
  "(", m[1, 1], "*(", m[2, 2], "*", m[3, 3], "-", m[2, 3], "*", m[3, 2], ")",
  "-", m[1, 2], "*(", m[2, 1], "*", m[3, 3], "-", m[2, 3], "*", m[3, 1], ")",
  "+", m[1, 3], "*(", m[2, 1], "*", m[3, 2], "-", m[2, 2], "*", m[3, 1], "))"
)
solve_for <- function(rhs) sapply(1:3, function(k) { m <- a; m[, k] <- rhs; paste0("(", det3(m), "/", det3(a), ")") })
ever_text <- solve_for(r)
taken_text <- solve_for(ever_text)
free <- as.numeric(t(p[, 1:4]))
v <- matrix(0, 12, 12)
for (i in 1:3) {
  q <- p[i, 1:4]; at <- (i - 1) * 4 + 1:4
  v[at, at] <- (diag(q) - q %o% q) / n[i]
}
ever_error <- sapply(ever_text, function(f) deltamethod(as.formula(paste("~", f)), free, v), USE.NAMES = FALSE)
taken_error <- mapply(function(f, g) deltamethod(as.formula(paste("~", f, "/", g)), free, v), taken_text, ever_text, USE.NAMES = FALSE)

# Is the next state independent of the one before, given the present one?
set.seed(11)
cube <- array(rpois(27, 30), c(3, 3, 3), dimnames = list(states, states, states))
cube["two", "three", "four"] <- 75
g2 <- 0; df <- 0
for (b in states) {
  l <- loglin(cube[, b, ], list(1, 2), print = FALSE, eps = 1e-13, iter = 1000)
  g2 <- g2 + l$lrt; df <- df + l$df
}
long <- as.data.frame(as.table(cube), stringsAsFactors = FALSE)

write_reference("markov", list(
  states = states, ends = ends, counts = unname(counts),
  ever = ever, ever_error = ever_error, taken = taken, taken_error = taken_error,
  test = list(
    before = long$Var1, present = long$Var2, following = long$Var3, people = long$Freq,
    statistic = g2, freedom = df, p_value = pchisq(g2, df, lower.tail = FALSE)
  )
), "msm")
