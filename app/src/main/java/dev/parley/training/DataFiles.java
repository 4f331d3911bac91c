package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.training.data.DataError;
import dev.parley.model.training.data.DataFile;
import dev.parley.model.training.data.DataReport;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.Preference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The files that are trained from, and what was found in them. Confined to one thread. */
public final class DataFiles {
  private static final int BUFFER = 1 << 16;

  private final List<Path> paths;
  private final boolean leaveOutBadLines;
  private final List<DataReport> reports = new ArrayList<>();

  public DataFiles(List<Path> paths, boolean leaveOutBadLines) {
    this.paths = paths;
    this.leaveOutBadLines = leaveOutBadLines;
  }

  /** Reads rows of a sort. */
  interface Reader<T> {
    DataReport read(Path file, Consumer<T> rows) throws IOException;
  }

  /**
   * Reads all files.
   *
   * @throws ModelException with every line that cannot be used, unless these are to be left out
   */
  <T> List<T> read(Reader<T> reader) throws IOException {
    List<T> rows = new ArrayList<>();
    for (Path path : paths) {
      reports.add(reader.read(path, rows::add));
    }
    if (!leaveOutBadLines) {
      refuseBadLines();
    }
    if (rows.isEmpty()) {
      for (DataReport report : reports) {
        report.requireRows();
      }
    }
    return rows;
  }

  /**
   * Reads all files: preferences of the lines that compare answers, demonstrations of all others.
   *
   * @throws ModelException as {@link #read}
   */
  public void readBoth(Consumer<Demonstration> demonstrations, Consumer<Preference> preferences)
      throws IOException {
    this.<Record>read(
        (file, rows) ->
            DataFile.readBoth(
                file,
                each -> {
                  demonstrations.accept(each);
                  rows.accept(each);
                },
                each -> {
                  preferences.accept(each);
                  rows.accept(each);
                }));
  }

  private void refuseBadLines() {
    List<String> lines = new ArrayList<>();
    for (DataReport report : reports) {
      report.errors().stream().map(DataError::sentence).forEach(lines::add);
      if (report.moreErrors() > 0) {
        lines.add("%s: %,d more lines like that".formatted(report.file(), report.moreErrors()));
      }
    }
    if (!lines.isEmpty()) {
      lines.add("Mend these lines, or leave them out by --leave-out-bad-lines.");
      throw new ModelException(String.join(System.lineSeparator(), lines));
    }
  }

  /** Of each file that was read. */
  List<DataReport> reports() {
    return Collections.unmodifiableList(reports);
  }

  /** A name of what is in the files and of options: of the same ones, the same in every process. */
  String name(String... options) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (Path path : paths) {
        try (InputStream in = Files.newInputStream(path)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
      byte[] text = String.join("\n", options).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
