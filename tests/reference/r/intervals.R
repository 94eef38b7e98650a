# Shares, differences and ratios of shares, quantiles, adjusted p-values and power.
# Score intervals are found here by maximising the constrained likelihood numerically,
# which shares nothing with the closed forms under test.
source("write.R")

tables <- list(
  c(12, 80, 30, 120), c(1, 25, 9, 40), c(0, 18, 4, 33), c(150, 1000, 120, 1000),
  c(7, 9, 3, 11), c(56, 70, 48, 80), c(5, 6000, 11, 4000)
)

likeliest <- function(x1, n1, x2, n2, share1, low, high) {
  # The likelihood is strictly concave, so its score has one zero: much sharper than
  # optimize(), whose precision is the square root of the machine's.
  d <- function(p2) {
    p1 <- share1(p2)
    slope <- share1(1) - share1(0) # a line in p2
    slope * (x1 / p1 - (n1 - x1) / (1 - p1)) + x2 / p2 - (n2 - x2) / (1 - p2)
  }
  eps <- 1e-13
  a <- low + eps; b <- high - eps
  if (d(a) <= 0) return(low)
  if (d(b) >= 0) return(high)
  uniroot(d, c(a, b), tol = 1e-16, maxiter = 10000)$root
}

mn_difference <- function(x1, n1, x2, n2, level) {
  z <- qnorm(0.5 + level / 2)
  score <- function(delta) {
    p2 <- likeliest(x1, n1, x2, n2, function(p) p + delta, max(0, -delta), min(1, 1 - delta))
    p1 <- min(max(p2 + delta, 0), 1)
    v <- (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1)
    (x1 / n1 - x2 / n2 - delta) / sqrt(v)
  }
  gap <- x1 / n1 - x2 / n2
  c(
    uniroot(function(d) score(d) - z, c(-1 + 1e-9, gap - 1e-9), tol = 1e-15)$root,
    uniroot(function(d) score(d) + z, c(gap + 1e-9, 1 - 1e-9), tol = 1e-15)$root
  )
}

koopman <- function(x1, n1, x2, n2, level) {
  z <- qnorm(0.5 + level / 2)
  score <- function(logt) {
    t <- exp(logt)
    p2 <- likeliest(x1, n1, x2, n2, function(p) t * p, 0, min(1, 1 / t))
    p1 <- t * p2
    (x1 / n1 - t * x2 / n2) / sqrt(p1 * (1 - p1) / n1 + t^2 * p2 * (1 - p2) / n2)
  }
  middle <- if (x1 > 0) log((x1 / n1) / (x2 / n2)) else -20
  low <- if (x1 == 0) 0 else exp(uniroot(function(u) score(u) - z, c(-12, middle - 1e-9), tol = 1e-14)$root)
  c(low, exp(uniroot(function(u) score(u) + z, c(middle + 1e-9, 12), tol = 1e-14)$root))
}

pairs <- lapply(tables, function(t) {
  w1 <- suppressWarnings(prop.test(t[1], t[2], correct = FALSE))$conf.int
  w2 <- suppressWarnings(prop.test(t[3], t[4], correct = FALSE))$conf.int
  p1 <- t[1] / t[2]; p2 <- t[3] / t[4]
  list(
    table = t,
    wilson = as.numeric(w1),
    newcombe = c(
      p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2),
      p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2)
    ),
    miettinen_nurminen = mn_difference(t[1], t[2], t[3], t[4], 0.95),
    miettinen_nurminen_90 = mn_difference(t[1], t[2], t[3], t[4], 0.90),
    koopman = koopman(t[1], t[2], t[3], t[4], 0.95),
    woolf = if (t[1] > 0) {
      m <- matrix(c(t[1], t[2] - t[1], t[3], t[4] - t[3]), 2)
      log_or <- coef(glm(cbind(c(t[1], t[3]), c(t[2] - t[1], t[4] - t[3])) ~ c(1, 0), family = binomial, control = glm.control(epsilon = 1e-12, maxit = 100)))[2]
      as.numeric(exp(log_or + c(-1, 1) * qnorm(0.975) * sqrt(sum(1 / m))))
    } else NULL
  )
})

pay <- list(values = c(1800, 1850, 1900, 2000, 2200, 2500, 3100), people = c(9, 14, 22, 30, 11, 6, 2))
each <- rep(pay$values, pay$people)
quantile_case <- function(x, q) {
  n <- length(x); x <- sort(x)
  k <- 0:n
  # Positions in k are ranks: k starts at 0 and ranks at 1.
  l <- max(which(pbinom(k, n, q) <= 0.025), 0)
  u <- min(which(pbinom(k, n, q) >= 0.975))
  list(
    share = q, estimate = as.numeric(quantile(x, q, type = 2)),
    low = if (l >= 1) x[l] else NULL, high = if (u <= n) x[u] else NULL
  )
}
p <- c(0.001, 0.04, 0.03, 0.2, 0.8, 0.04, 0.012)

ratio_of <- function(a, b) { # Donner and Zou, from two t-intervals of means
  e <- a[1] * b[1]
  root <- function(ae, be) sqrt(e^2 - ae * be * (2 * a[1] - ae) * (2 * b[1] - be))
  c(
    (e - root(a[2], b[3])) / (b[3] * (2 * b[1] - b[3])),
    (e + root(a[3], b[2])) / (b[2] * (2 * b[1] - b[2]))
  )
}

power <- lapply(list(c(0.2, 400), c(0.06, 1500), c(0.5, 90)), function(v) {
  up <- power.prop.test(n = v[2], p1 = v[1], power = 0.8, tol = 1e-14)$p2
  list(share = v[1], people = v[2], above = up - v[1])
})

write_reference("intervals", list(
  pairs = pairs,
  quantiles = list(pay = pay, cases = lapply(c(0.1, 0.25, 0.5, 0.75, 0.98), function(q) quantile_case(each, q))),
  p_values = list(p = p, holm = p.adjust(p, "holm")),
  ratio_of = list(first = c(10, 8, 13), second = c(4, 3.5, 4.4), ends = ratio_of(c(10, 8, 13), c(4, 3.5, 4.4))),
  power = power
))
