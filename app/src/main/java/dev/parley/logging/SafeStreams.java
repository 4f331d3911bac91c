package dev.parley.logging;

import dev.parley.configuration.Secret;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Standard output and error without secrets: what a platform or a model's server answers is said
 * there too, and may hold what it was asked with.
 */
public final class SafeStreams {
  private SafeStreams() {}

  /** Takes secrets out of whatever this process says from now on. */
  public static void install(List<Secret> secrets) {
    Redaction redaction = new Redaction(secrets);
    System.setOut(safe(System.out, redaction));
    System.setErr(safe(System.err, redaction));
  }

  static PrintStream safe(PrintStream stream, Redaction redaction) {
    return new PrintStream(new Safe(stream, redaction), true, stream.charset());
  }

  /** Looks at what is written at once: a text that is printed, up to several thousand bytes. */
  private static final class Safe extends FilterOutputStream {
    private final Redaction redaction;

    Safe(OutputStream out, Redaction redaction) {
      super(out);
      this.redaction = redaction;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      // A byte as a character, whatever the encoding: secrets are ASCII.
      String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
      out.write(redaction.apply(text).getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
