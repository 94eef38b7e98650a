# Oaxaca-Blinder from people's own rows, with lm(), against grouped sums.
source("write.R")

set.seed(25)
n <- 900
d <- data.frame(
  man = rbinom(n, 1, 0.35) == 1, band = sample(c("2", "3", "4"), n, TRUE, c(5, 3, 2)),
  region = sample(c("north", "south"), n, TRUE)
)
d$band[d$man & runif(n) < 0.2] <- "4"
d$pay <- round(1500 + 150 * (d$band == "3") + 380 * (d$band == "4") +
  60 * (d$region == "south") + 25 * d$man + rnorm(n, 0, 120), 2)
d$band <- factor(d$band); d$region <- factor(d$region)

one <- function(rows) {
  m <- lm(pay ~ band + region, d[rows, ])
  x <- model.matrix(m)
  list(b = coef(m), v = vcov(m), mean = colMeans(x), vm = cov(x) / nrow(x))
}
r <- one(d$man); o <- one(!d$man)
apart <- r$mean - o$mean
err <- function(...) sqrt(sum(...))
q <- function(a, v) as.numeric(t(a) %*% v %*% a)
part <- function(k) list(
  estimate = sum(apart[k] * r$b[k]),
  error = err(q(apart[k], r$v[k, k, drop = FALSE]), q(r$b[k], (r$vm + o$vm)[k, k, drop = FALSE]))
)
groups <- aggregate(cbind(people = 1, total = pay, squares = pay^2) ~ band + region + man, d, sum)

write_reference("decomposition", list(
  cells = lapply(seq_len(nrow(groups)), function(i) lapply(groups[i, ], function(v) if (is.factor(v)) as.character(v) else v)),
  gap = mean(d$pay[d$man]) - mean(d$pay[!d$man]),
  explained = part(1:4), band = part(2:3), region = part(4),
  unexplained = list(
    estimate = sum(o$mean * (r$b - o$b)),
    error = err(q(o$mean, r$v + o$v), q(r$b - o$b, o$vm))
  )
))
