# Regression on grouped counts: glm (logit, cloglog), sandwich, nnet::multinom.
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
hazard <- glm(cbind(cases, people - cases) ~ band + group + gender, binomial("cloglog"), cells, control = strict)
# The scores of a grouped fit are those of people, so the clustered covariance is too.
robust <- vcovCL(fit, cluster = cells$trust, type = "HC0", cadjust = TRUE)
robust_hazard <- vcovCL(hazard, cluster = cells$trust, type = "HC0", cadjust = TRUE)

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
  logit = list(coefficients = as.numeric(coef(fit)), covariance = unname(vcov(fit)), clustered = unname(robust), deviance = deviance(fit)),
  cloglog = list(coefficients = as.numeric(coef(hazard)), covariance = unname(vcov(hazard)), clustered = unname(robust_hazard), deviance = deviance(hazard)),
  standardised = list(share = sapply(parts, `[[`, "share"), covariance = slopes %*% robust %*% t(slopes)),
  multinomial = list(
    g = as.character(m$g), h = as.character(m$h), counts = counts,
    coefficients = unname(coef(multi)), covariance = unname(vcov(multi)), deviance = multi$deviance
  )
), c("sandwich", "nnet"))
