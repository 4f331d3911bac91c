package dev.parley.model.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads dialogues as DailyDialog (Li et al. 2017) and XDailyDialog (Liu et al. 2023) have them: one
 * on each line, {@code __eou__} after each turn, and behind a tab what it is about.
 */
public final class DailyDialogFile {
  private static final String END = "__eou__";
  private static final Pattern BEFORE_SIGN = Pattern.compile(" +(?=[.,;:?!%)\\]}”…])");
  private static final Pattern AFTER_SIGN = Pattern.compile("(?<=[(\\[{$“]) +");
  private static final Pattern APOSTROPHE =
      Pattern.compile(" *(['’]) *(?=(?:s|t|m|d|re|ve|ll)\\b)", Pattern.CASE_INSENSITIVE);

  private DailyDialogFile() {}

  /**
   * The turns of each dialogue, signs and endings joined to their words again.
   *
   * @throws DataException where a line is none, or there is none
   */
  public static List<List<String>> read(Path file) throws IOException {
    List<List<String>> dialogues = new ArrayList<>();
    try (Lines lines = new Lines(file)) {
      while (lines.next()) {
        try {
          String line = lines.text();
          if (!line.isBlank()) {
            dialogues.add(turns(line));
          }
        } catch (RowException e) {
          throw new DataException(
              DataError.of(file, lines.number(), String.valueOf(e.getMessage())).sentence());
        }
      }
    }
    if (dialogues.isEmpty()) {
      throw new DataException(file.getFileName() + ": expected lines of dialogues, found none");
    }
    return List.copyOf(dialogues);
  }

  private static List<String> turns(String line) {
    String text = line.split("\t", 2)[0];
    if (!text.contains(END)) {
      throw new RowException("expected turns that end with " + END + ", found none");
    }
    List<String> turns =
        Arrays.stream(text.split(END, -1))
            .map(turn -> joined(turn.strip()))
            .filter(turn -> !turn.isEmpty())
            .map(turn -> Turns.text("a turn", turn))
            .toList();
    if (turns.size() < 2) {
      throw new RowException("expected two turns or more, found " + turns.size());
    }
    return turns;
  }

  private static String joined(String turn) {
    String signs = BEFORE_SIGN.matcher(turn).replaceAll("");
    return APOSTROPHE.matcher(AFTER_SIGN.matcher(signs).replaceAll("")).replaceAll("$1");
  }
}
