package dev.parley.model.training.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a file, compressed by gzip or not, one in memory at a time. Confined to one thread.
 */
final class Lines implements AutoCloseable {
  /** Far more than a context of a hundred thousand tokens; whoever sends more means no row. */
  static final int MOST_BYTES = 1 << 20;

  private static final int GZIP_MAGIC = 0x1f8b;

  private final InputStream file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<InputStream> text = Optional.empty();
  private long number;
  private boolean cut;

  Lines(Path path) throws IOException {
    this.file = new BufferedInputStream(Files.newInputStream(path));
  }

  /** Goes to the next line; false where there is none. */
  boolean next() throws IOException {
    line.reset();
    if (cut) {
      return false;
    }
    number++;
    try {
      return read(open());
    } catch (EOFException | ZipException e) { // of gzip alone: a plain file just ends
      cut = true;
      return true;
    }
  }

  /** The number of the line, from 1. */
  long number() {
    return number;
  }

  /**
   * The line without its end.
   *
   * @throws RowException where it is too long, no UTF-8, or what gzip holds breaks off in it
   */
  String text() {
    if (cut) {
      throw new RowException("expected a whole gzip file, found one that is cut or damaged");
    }
    if (line.size() > MOST_BYTES) {
      throw new RowException("expected at most " + MOST_BYTES + " bytes, found a longer line");
    }
    try {
      String decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return number == 1 && decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    } catch (CharacterCodingException e) {
      throw new RowException("expected UTF-8, found bytes that are not");
    }
  }

  private InputStream open() throws IOException {
    if (text.isEmpty()) {
      file.mark(2);
      int magic = file.read() << 8 | file.read();
      file.reset();
      text =
          Optional.of(
              magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(file)) : file);
    }
    return text.get();
  }

  private boolean read(InputStream from) throws IOException {
    int next = from.read();
    if (next < 0) {
      return false;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() <= MOST_BYTES) {
        line.write(next);
      }
      next = from.read();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
