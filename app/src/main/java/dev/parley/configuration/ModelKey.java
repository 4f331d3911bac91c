package dev.parley.configuration;

import dev.parley.configuration.Source.Given;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The model server's key, given itself or by a file: the environment counts more than the file. */
final class ModelKey {
  private static final int LARGEST = 8_192;

  private ModelKey() {}

  static Optional<Secret> choose(
      Source source, Optional<Secret> direct, Optional<Path> file, Consumer<Finding> findings) {
    Optional<Given> givenDirect = source.of(Keys.MODEL_KEY).filter(g -> direct.isPresent());
    Optional<Given> givenFile = source.of(Keys.MODEL_KEY_FILE).filter(g -> file.isPresent());
    givenDirect
        .filter(given -> given.origin() instanceof Origin.InFile)
        .ifPresent(given -> findings.accept(typedIntoTheFile(given.origin())));
    if (givenDirect.isPresent() && givenFile.isPresent()) {
      Origin origin = givenFile.get().origin();
      if (givenDirect.get().origin().getClass() == origin.getClass()) {
        findings.accept(
            Finding.error(
                origin,
                Keys.MODEL_KEY_FILE.name(),
                "model.key and model.key-file are both given: keep one"));
      }
      if (origin instanceof Origin.InFile) {
        return direct;
      }
    }
    return givenFile.isPresent()
        ? file.flatMap(path -> read(path, givenFile.get().origin(), findings))
        : direct;
  }

  private static Optional<Secret> read(Path file, Origin origin, Consumer<Finding> findings) {
    String sentence;
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
      Optional<Secret> secret =
          Keys.MODEL_KEY.kind().reader().read(text, file).orElse(Optional.empty());
      if (secret.isPresent()) {
        return secret;
      }
      sentence = " must hold the key alone, without blanks in it";
    } catch (IOException e) {
      sentence = " cannot be read: check that it is there and may be read";
    }
    findings.accept(
        Finding.error(origin, Keys.MODEL_KEY_FILE.name(), "the file " + file + sentence));
    return Optional.empty();
  }

  private static Finding typedIntoTheFile(Origin origin) {
    return Finding.warning(
        origin,
        Keys.MODEL_KEY.name(),
        "model.key stands in a file that others may come to see: better use PARLEY_MODEL_KEY, or"
            + " model.key-file");
  }
}
