package dev.parley.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the log of late says. */
public final class LogCheck {
  private LogCheck() {}

  public static Diagnosis of(Path folder) {
    Path log = folder.resolve("parley.log");
    if (!Files.exists(log)) {
      return Diagnosis.good("no log yet: it will be " + log);
    }
    // bytes as characters: a log cut in the middle of one is no reason to fail
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      long errors = lines.filter(line -> line.matches("\\S+ ERROR .*")).count();
      return errors == 0
          ? Diagnosis.good("log " + log + " has no errors")
          : Diagnosis.note(
              "log %s has %d %s: grep ' ERROR ' shows them."
                  .formatted(log, errors, errors == 1 ? "error" : "errors"));
    } catch (IOException e) {
      return Diagnosis.note("log " + log + " cannot be read: check who owns it.");
    }
  }
}
