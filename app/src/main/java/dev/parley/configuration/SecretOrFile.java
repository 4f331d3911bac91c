package dev.parley.configuration;

import dev.parley.configuration.Source.Given;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A secret that is given itself or by a file that holds it: the environment counts more than the
 * configuration.
 *
 * @param direct the key of the secret itself
 * @param inFile the key of the file's path
 */
record SecretOrFile(Key<Optional<Secret>> direct, Key<Optional<Path>> inFile) {
  private static final int LARGEST = 8_192;

  /** UTF-16 units: tokens are longer. */
  private static final int LONGEST_NAME = 16;

  Optional<Secret> choose(
      Source source, Optional<Secret> secret, Optional<Path> file, Consumer<Finding> findings) {
    Optional<Given> givenDirect = source.of(direct).filter(g -> secret.isPresent());
    Optional<Given> givenFile = source.of(inFile).filter(g -> file.isPresent());
    givenDirect
        .filter(given -> given.origin() instanceof Origin.InFile)
        .ifPresent(given -> findings.accept(typedIntoTheFile(given.origin())));
    if (givenDirect.isPresent() && givenFile.isPresent()) {
      Origin origin = givenFile.get().origin();
      if (givenDirect.get().origin().getClass() == origin.getClass()) {
        findings.accept(
            Finding.error(
                origin,
                inFile.name(),
                direct.name() + " and " + inFile.name() + " are both given: keep one"));
      }
      if (origin instanceof Origin.InFile) {
        return secret;
      }
    }
    return givenFile.isPresent()
        ? file.flatMap(path -> read(path, givenFile.get(), findings))
        : secret;
  }

  private Optional<Secret> read(Path file, Given given, Consumer<Finding> findings) {
    Origin origin = given.origin();
    String sentence;
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
      Optional<Secret> held = direct.kind().reader().read(text, file).orElse(Optional.empty());
      if (held.isPresent()) {
        if (isOpenToEverybody(file)) {
          findings.accept(
              Finding.warning(
                  origin,
                  inFile.name(),
                  "everybody on this machine can read the file %s: chmod 600 it".formatted(file)));
        }
        return held;
      }
      sentence = " must hold the key alone, without blanks in it";
    } catch (IOException e) {
      sentence = " cannot be read: check that it is there and may be read";
    }
    String which = isName(file, given.text()) ? "the file " + file : "its file";
    findings.accept(Finding.error(origin, inFile.name(), which + sentence));
    return Optional.empty();
  }

  /** Where there is no such file, it may be the secret itself that was given. */
  private static boolean isName(Path file, String given) {
    return Files.exists(file) || given.contains("/") || given.length() <= LONGEST_NAME;
  }

  /** Nothing is known of this where the system has no such permissions. */
  private static boolean isOpenToEverybody(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private Finding typedIntoTheFile(Origin origin) {
    return Finding.warning(
        origin,
        direct.name(),
        direct.name()
            + " stands in a file that others may come to see: better use "
            + direct.variables().getFirst()
            + ", or "
            + inFile.name());
  }
}
