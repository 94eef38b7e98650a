# Regression on grouped counts: glm, sandwich, nnet::multinom.
source("write.R")
suppressPackageStartupMessages({library(sandwich); library(nnet)})

set.seed(4)
cells <- expand.grid(
  trust = sprintf("T%02d", 1:12), band = c("2", "3", "4"), group = c("white", "black", "asian"),
  gender = c("female", "male"), stringsAsFactors = FALSE
)
cells$people <- rpois(nrow(cells), 14) + 1
trust_effect <- rnorm(12, 0, 0.4)[as.integer(factor(cells$trust))]
eta <- -1.6 - 0.5 * (cells$band == "3") + 0.2 * (cells$band == "4") -
  0.3 * (cells$group == "black") + 0.1 * (cells$group == "asian") + trust_effect
cells$cases <- rbinom(nrow(cells), cells$people, plogis(eta))
cells$band <- relevel(factor(cells$band), "2")
cells$group <- relevel(factor(cells$group), "white")
cells$gender <- relevel(factor(cells$gender), "female")
strict <- glm.control(epsilon = 1e-14, maxit = 100)

fit <- glm(cbind(cases, people - cases) ~ band + group + gender, binomial, cells, control = strict)
# The scores of a grouped fit are those of people, so the clustered covariance is too.
robust <- vcovCL(fit, cluster = cells$trust, type = "HC0", cadjust = TRUE)

# Firth's penalised likelihood, climbed by optim(): no package's formula is borrowed.
x <- model.matrix(fit)
penalised <- function(b) {
  p <- plogis(as.numeric(x %*% b))
  information <- crossprod(x * sqrt(cells$people * p * (1 - p)))
  sum(dbinom(cells$cases, cells$people, p, log = TRUE)) + 0.5 * as.numeric(determinant(information)$modulus)
}
top <- coef(fit)
for (round in 1:20) top <- optim(top, penalised, method = "BFGS", control = list(fnscale = -1, reltol = 1e-16, maxit = 1000))$par
at_top <- plogis(as.numeric(x %*% top))

standardised <- function(level) {
  d <- cells; d$group <- factor(level, levels = levels(cells$group))
  x <- model.matrix(delete.response(terms(fit)), d)
  p <- as.numeric(plogis(x %*% coef(fit))); w <- cells$people / sum(cells$people)
  list(share = sum(w * p), slope = colSums(w * p * (1 - p) * x))
}
parts <- lapply(c("white", "black", "asian"), standardised)
slopes <- do.call(rbind, lapply(parts, `[[`, "slope"))

counts <- t(sapply(seq_len(60), function(i) rmultinom(1, 80, c(6, 2, 1 + i %% 3))))
m <- data.frame(g = factor(rep(c("a", "b", "c"), 20)), h = factor(rep(c("x", "y"), each = 30)))
multi <- multinom(counts ~ g + h, m, trace = FALSE, reltol = 1e-16, abstol = 1e-12, maxit = 5000)

write_reference("regression", list(
  cells = lapply(seq_len(nrow(cells)), function(i) lapply(cells[i, ], function(v) if (is.factor(v)) as.character(v) else v)),
  names = names(coef(fit)),
  logit = list(coefficients = as.numeric(coef(fit)), covariance = unname(vcov(fit)), clustered = unname(robust)),
  penalised = list(
    coefficients = as.numeric(top),
    covariance = unname(solve(crossprod(x * sqrt(cells$people * at_top * (1 - at_top)))))
  ),
  standardised = list(share = sapply(parts, `[[`, "share"), covariance = slopes %*% robust %*% t(slopes)),
  multinomial = list(
    g = as.character(m$g), h = as.character(m$h), counts = counts,
    coefficients = unname(coef(multi)), covariance = unname(vcov(multi))
  )
), c("sandwich", "nnet"))
