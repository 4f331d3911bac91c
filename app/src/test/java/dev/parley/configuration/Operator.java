package dev.parley.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the file and sets the variables as an operator would. */
final class Operator {
  private final Path folder;
  private final Path workingFolder;
  private final Map<String, String> environment = new TreeMap<>();

  Operator(Path root) throws IOException {
    folder = Files.createDirectories(root.resolve("parley"));
    workingFolder = Files.createDirectories(root.resolve("elsewhere"));
  }

  Path folder() {
    return folder;
  }

  Path workingFolder() {
    return workingFolder;
  }

  Operator writes(String yaml) throws IOException {
    return writes(yaml.getBytes(StandardCharsets.UTF_8));
  }

  Operator writes(byte[] yaml) throws IOException {
    Files.createDirectories(folder.resolve("config"));
    Files.write(folder.resolve("config/parley.yaml"), yaml);
    return this;
  }

  Operator sets(String variable, String text) {
    environment.put(variable, text);
    return this;
  }

  ConfigurationReport report() {
    return ConfigurationReport.read(environment, folder, workingFolder);
  }

  Configuration configuration() throws ConfigurationException {
    return report().configuration();
  }

  List<String> findings() {
    return report().findings().stream().map(Finding::toString).toList();
  }
}
