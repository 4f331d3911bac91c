package dev.parley.endtoend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** What must be found nowhere, and the search for it. */
final class Secrets {
  private static final String ZIP = "PK\u0003\u0004";

  /** How each is called, by every way to spell it as bytes; bytes are characters here. */
  private final Map<String, String> names = new TreeMap<>();

  /** Adds one; returns it. */
  String mark(String name, String secret) {
    for (byte[] bytes :
        List.of(
            secret.getBytes(StandardCharsets.UTF_8),
            secret.getBytes(StandardCharsets.UTF_16LE),
            URLEncoder.encode(secret, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
            Base64.getEncoder().withoutPadding().encode(secret.getBytes(StandardCharsets.UTF_8)))) {
      names.put(new String(bytes, StandardCharsets.ISO_8859_1), name);
    }
    return secret;
  }

  /** Where any of them is, among all bytes of all files of a folder. */
  List<String> foundIn(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.addAll(foundIn(file.toString(), bytes(file)));
      }
    }
    return found;
  }

  /** The same among bytes, with what is packed in them. */
  List<String> foundIn(String where, byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    names.forEach(
        (spelling, name) -> {
          int at = text.indexOf(spelling);
          if (at >= 0) {
            String around =
                text.substring(
                    Math.max(0, at - 150), Math.min(text.length(), at + spelling.length() + 20));
            found.add(name + " in " + where + ": " + around);
          }
        });
    int zip = text.indexOf(ZIP);
    if (zip >= 0) {
      found.addAll(foundInZip(where, bytes, zip));
    }
    return found;
  }

  private List<String> foundInZip(String where, byte[] bytes, int from) throws IOException {
    List<String> found = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        found.addAll(foundIn(where + "!" + entry.getName(), zip.readAllBytes()));
      }
    } catch (ZipException somethingElse) {
      return found; // it only begins like one
    }
    return found;
  }

  /** A file may go while it is looked at. */
  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException gone) {
      return new byte[0];
    }
  }
}
