package dev.parley.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** A terminal without a machine behind it: keys go in, and what it shows can be waited for. */
final class Keyboard {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";

  private final Shown shown = new Shown();
  private final LineDisciplineTerminal terminal;

  Keyboard(String type, int columns) throws IOException {
    terminal = new LineDisciplineTerminal("test", type, shown, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(columns, 24));
  }

  LineDisciplineTerminal terminal() {
    return terminal;
  }

  void type(String keys) throws IOException {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until the terminal has shown this, after what was waited for before. */
  Keyboard sees(String text) throws InterruptedException {
    shown.await(text);
    return this;
  }

  /** All that was ever sent to the terminal. */
  String output() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static final class Shown extends ByteArrayOutputStream {
    private int seen;

    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    synchronized void await(String text) throws InterruptedException {
      int found = toString(StandardCharsets.UTF_8).indexOf(text, seen);
      while (found < 0) {
        wait();
        found = toString(StandardCharsets.UTF_8).indexOf(text, seen);
      }
      seen = found + text.length();
    }
  }
}
