package dev.parley.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/** Writes to the terminal and takes back what it wrote. Guarded by itself. */
public final class Screen implements AutoCloseable {
  private final Terminal terminal;
  private final PrintWriter out;
  private final int columns;
  private final boolean plain;

  /**
   * @param columns of a line, where the terminal does not say
   * @param environment where NO_COLOR may forbid colours and the like (no-color.org)
   */
  Screen(Terminal terminal, int columns, Map<String, String> environment) {
    this.terminal = terminal;
    this.out = terminal.writer();
    this.columns = columns;
    this.plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** The terminal that this process was started at. */
  public static Screen open() throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).color(false).build();
    int columns = terminal.getSize().getColumns();
    if (terminal instanceof DumbTerminal) {
      // JLine asks it for no size, and given one would repeat each line that is typed; nor does it
      // hear of signals.
      try (Terminal other = TerminalBuilder.builder().system(true).type("ansi").build()) {
        columns = other.getSize().getColumns();
      }
      Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
    }
    return new Screen(terminal, columns, System.getenv());
  }

  Terminal terminal() {
    return terminal;
  }

  /** Whether there shall be no colours and the like. */
  boolean plain() {
    return plain;
  }

  /** Columns of a line; where nothing says how many, the terminal breaks lines itself. */
  int width() {
    int own = terminal.getSize().getColumns();
    int width = own > 1 ? own : columns;
    return width > 1 ? width : Integer.MAX_VALUE;
  }

  /** Whether what was written can be taken back. */
  boolean canErase() {
    return terminal.getStringCapability(Capability.clr_eos) != null
        && terminal.getStringCapability(Capability.cursor_up) != null;
  }

  synchronized void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints a paragraph beside the conversation, dimmed where the terminal can. */
  synchronized void note(String text) {
    LineWrapper wrapper = new LineWrapper(width());
    dimmed(wrapper.add(visible(text)) + wrapper.finish());
  }

  /** Prints what of a text fits on one line, dimmed too. */
  synchronized void noteLine(String text) {
    String line = visible(text).strip().replaceAll("\\s+", " ");
    AttributedString whole = new AttributedString(line);
    dimmed(whole.columnLength() <= width() ? line : whole.columnSubSequence(0, width() - 1) + "…");
  }

  private void dimmed(String text) {
    AttributedStyle style = plain ? AttributedStyle.DEFAULT : AttributedStyle.DEFAULT.faint();
    out.println(new AttributedString(text, style).toAnsi(terminal));
    out.flush();
  }

  /**
   * Clears the row of the cursor and so many above it, where the terminal can; what scrolled away
   * stays.
   */
  synchronized void erase(int rowsAbove) {
    for (int row = 0; row < Math.min(rowsAbove, terminal.getSize().getRows() - 1); row++) {
      terminal.puts(Capability.cursor_up);
    }
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eos);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }

  /**
   * Text that cannot steer the terminal, whoever wrote it: without control characters but line
   * breaks, and without the marks that turn the direction of what follows them (U+202A to U+202E),
   * which can outlive their text. A tab, whose width depends on where it stands, is four blanks.
   */
  static String visible(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, clean));
    return clean.toString();
  }

  private static void append(int c, StringBuilder clean) {
    boolean turns = c >= 0x202A && c <= 0x202E;
    if (c == '\n' || c == 0x2028 || c == 0x2029) {
      clean.append('\n');
    } else if (c == '\t') {
      clean.append("    ");
    } else if (!Character.isISOControl(c)
        && !turns
        && Character.getType(c) != Character.SURROGATE) {
      clean.appendCodePoint(c);
    }
  }
}
