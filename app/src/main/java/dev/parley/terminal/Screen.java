package dev.parley.terminal;

import java.io.PrintWriter;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/** Writes to the terminal and takes back what it wrote. Guarded by itself. */
final class Screen {
  private static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();

  private final Terminal terminal;
  private final PrintWriter out;

  Screen(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.writer();
  }

  int width() {
    int width = terminal.getSize().getColumns();
    return width > 1 ? width : 80;
  }

  synchronized void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints a paragraph beside the conversation, dimmed where the terminal can. */
  synchronized void note(String text) {
    LineWrapper wrapper = new LineWrapper(width());
    String wrapped = wrapper.add(visible(text)) + wrapper.finish();
    out.println(new AttributedString(wrapped, DIM).toAnsi(terminal));
    out.flush();
  }

  /** Clears the row of the cursor and so many above it; what scrolled away stays. */
  synchronized void erase(int rowsAbove) {
    for (int row = 0; row < Math.min(rowsAbove, terminal.getSize().getRows() - 1); row++) {
      terminal.puts(Capability.cursor_up);
    }
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eos);
    out.flush();
  }

  /**
   * Text without control characters but line breaks and tabs: nobody's text may steer the terminal.
   */
  static String visible(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
