# Life tables with delayed entry, ties and competing events: survival, etm, cmprsk.
source("write.R")
suppressPackageStartupMessages({library(survival); library(etm); library(cmprsk)})

set.seed(20200630)
n <- 400
entry <- sample(0:6, n, replace = TRUE, prob = c(6, 2, 2, 1, 1, 1, 1))
stay <- rgeom(n, 0.07) + 1
time <- pmin(entry + stay, 16)
kind <- ifelse(entry + stay > 16, 0, sample(1:3, n, replace = TRUE, prob = c(5, 3, 2)))
people <- data.frame(entry, time, kind)

times <- sort(unique(time))
rows <- lapply(times, function(t) list(
  time = t,
  at_risk = sum(entry < t & time >= t),
  events = sapply(1:3, function(k) sum(time == t & kind == k))
))

plain <- survfit(Surv(entry, time, kind > 0) ~ 1, data = people, conf.type = "log-log")
s <- summary(plain, times = times)
mean12 <- summary(plain, rmean = 12)$table

# Competing events: etm allows for delayed entry and gives Greenwood-type variances.
transitions <- matrix(FALSE, 4, 4); transitions[1, 2:4] <- TRUE
histories <- data.frame(
  id = seq_len(n), from = 0, to = ifelse(kind == 0, "cens", kind), entry = entry, exit = time
)
ag <- etm(histories, c("0", "1", "2", "3"), transitions, "cens", s = 0, t = 16, covariance = TRUE)
incidence <- lapply(1:3, function(k) {
  e <- sapply(times, function(t) trprob(ag, paste("0", k), t))
  v <- sapply(times, function(t) trcov(ag, paste("0", k), t))
  list(kind = k, estimate = as.numeric(e), error = sqrt(as.numeric(v)))
})

# Without delayed entry, cmprsk's estimate must be the same (its variance is Aalen's).
from_start <- entry == 0
ci <- cuminc(time[from_start], kind[from_start], cencode = 0)
at12 <- timepoints(ci, 12)$est[, 1]
sub_rows <- lapply(sort(unique(time[from_start])), function(t) list(
  time = t, at_risk = sum(from_start & time >= t),
  events = sapply(1:3, function(k) sum(from_start & time == t & kind == k))
))

# Mean stay from piecewise chances of leaving: the delta method with numeric slopes.
left <- c(12, 9, 30); seen <- c(240, 300, 400)
stay_mean <- function(q) {
  s <- c(1, cumprod(1 - rep(q, each = 12)))
  sum((head(s, -1) + tail(s, -1)) / 2)
}
q <- left / seen
slope <- sapply(seq_along(q), function(i) {
  h <- 1e-5; up <- q; up[i] <- q[i] + h; down <- q; down[i] <- q[i] - h
  up2 <- q; up2[i] <- q[i] + 2 * h; down2 <- q; down2[i] <- q[i] - 2 * h
  (8 * (stay_mean(up) - stay_mean(down)) - (stay_mean(up2) - stay_mean(down2))) / (12 * h)
})

write_reference("survival", list(
  rows = rows,
  kaplan_meier = list(
    time = s$time, estimate = s$surv, error = s$std.err, low = s$lower, high = s$upper
  ),
  restricted_mean = list(horizon = 12, estimate = mean12[["rmean"]], error = mean12[["se(rmean)"]]),
  incidence = incidence,
  without_delay = list(rows = sub_rows, at = 12, estimate = as.numeric(at12)),
  stay = list(
    left = left, seen = seen, mean = stay_mean(q),
    error = sqrt(sum(slope^2 * q * (1 - q) / seen))
  )
), c("survival", "etm", "cmprsk"))
