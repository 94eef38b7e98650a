# Empirical Bayes: the beta-binomial strength by optimize(), posteriors by qbeta().
source("write.R")

cases <- c(8, 0, 5, 62, 9, 0, 18, 12, 1, 24, 4, 11)
people <- c(40, 12, 90, 300, 30, 25, 150, 44, 41, 70, 9, 180)
expected <- c(0.1, 0.12, 0.15, 0.14, 0.11, 0.1, 0.18, 0.15, 0.12, 0.17, 0.2, 0.13)
ll <- function(u) {
  s <- exp(u); a <- expected * s; b <- (1 - expected) * s
  sum(lbeta(cases + a, people - cases + b) - lbeta(a, b))
}
strength <- exp(optimize(ll, c(0, log(1e7)), maximum = TRUE, tol = 1e-12)$maximum)
a <- cases + expected * strength; b <- people - cases + (1 - expected) * strength

write_reference("shrinkage", list(
  cases = cases, people = people, expected = expected, strength = strength,
  estimate = a / (a + b), low = qbeta(0.025, a, b), high = qbeta(0.975, a, b)
))
