package dev.parley.model.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What a file gave: its rows and its report. */
record Rows<T>(List<T> rows, DataReport report) {
  static Rows<Demonstration> demonstrations(Path file) throws IOException {
    List<Demonstration> rows = new ArrayList<>();
    return new Rows<>(rows, DataFile.readDemonstrations(file, rows::add));
  }

  static Rows<Preference> preferences(Path file) throws IOException {
    List<Preference> rows = new ArrayList<>();
    return new Rows<>(rows, DataFile.readPreferences(file, rows::add));
  }

  static Rows<Prompt> prompts(Path file) throws IOException {
    List<Prompt> rows = new ArrayList<>();
    return new Rows<>(rows, DataFile.readPrompts(file, rows::add));
  }

  List<String> errors() {
    return report.errors().stream().map(DataError::sentence).toList();
  }

  static Path file(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("train.jsonl"), text);
  }

  static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
