# Writes a list of values as JSON beside the script, with the versions that made them.
suppressPackageStartupMessages(library(jsonlite))

write_reference <- function(name, values, packages = character()) {
  versions <- list(R = as.character(getRversion()))
  for (package in packages) {
    versions[[package]] <- as.character(packageVersion(package))
  }
  out <- list(made_by = paste0(name, ".R"), versions = versions, values = values)
  write_json(out, paste0(name, ".json"),
    digits = NA, auto_unbox = TRUE, pretty = TRUE, null = "null", na = "null"
  )
}
