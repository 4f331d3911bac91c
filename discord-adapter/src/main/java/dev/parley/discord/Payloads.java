package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** How messages and what stands under them are put into calls. */
final class Payloads {
  private static final int SUPPRESS_EMBEDS = 1 << 2;
  private static final int EPHEMERAL = 1 << 6;
  private static final int ACTION_ROW = 1;
  private static final int BUTTON = 2;
  private static final int MENU = 3;
  private static final int SECONDARY = 2;

  private Payloads() {}

  /**
   * A text with buttons, for a new message and for one that is changed. It pings nobody, and shows
   * no previews: a late one can bring back the text from before an edit.
   */
  static DataObject message(FormattedText text, List<List<Button>> buttons, CustomId.Prefix ids) {
    return DataObject.empty()
        .put("content", DiscordMarkdown.of(text))
        .put("components", rows(buttons, ids))
        .put("allowed_mentions", DataObject.empty().put("parse", DataArray.empty()))
        .put("flags", SUPPRESS_EMBEDS);
  }

  /** As a reply, which pings whom it answers. */
  static DataObject replying(DataObject message, Optional<String> question) {
    question.ifPresent(
        id -> {
          message.put(
              "message_reference",
              DataObject.empty().put("message_id", id).put("fail_if_not_exists", false));
          message.getObject("allowed_mentions").put("replied_user", true);
        });
    return message;
  }

  /** With the one file that goes along with the call. */
  static DataObject withFile(DataObject message, OutgoingFile file) {
    DataObject attachment = DataObject.empty().put("id", 0).put("filename", file.name());
    return message.put("attachments", DataArray.empty().add(attachment));
  }

  static DataObject ephemeral(DataObject message) {
    return message.put("flags", SUPPRESS_EMBEDS | EPHEMERAL);
  }

  /** Shows the previews of a message that changes no more. */
  static DataObject withPreviews() {
    return DataObject.empty().put("flags", 0);
  }

  private static DataArray rows(List<List<Button>> buttons, CustomId.Prefix ids) {
    DataArray rows = DataArray.empty();
    for (List<Button> row : fitting(buttons)) {
      DataArray components =
          row.stream().anyMatch(button -> button.description().isPresent())
              ? DataArray.empty().add(menu(row, ids))
              : DataArray.fromCollection(row.stream().map(button -> button(button, ids)).toList());
      rows.add(DataObject.empty().put("type", ACTION_ROW).put("components", components));
    }
    return rows;
  }

  /** As many rows, and as many in a row, as there can be. */
  private static List<List<Button>> fitting(List<List<Button>> rows) {
    List<List<Button>> full = rows.stream().filter(row -> !row.isEmpty()).toList();
    boolean fits =
        full.size() <= Limits.ROWS
            && full.stream()
                .allMatch(
                    row ->
                        row.size() <= Limits.BUTTONS_IN_ROW
                            || row.getFirst().description().isPresent());
    if (fits) {
      return full;
    }
    List<Button> all = full.stream().flatMap(List::stream).toList();
    List<List<Button>> filled = new ArrayList<>();
    for (int i = 0; i < all.size() && filled.size() < Limits.ROWS; i += Limits.BUTTONS_IN_ROW) {
      filled.add(all.subList(i, Math.min(all.size(), i + Limits.BUTTONS_IN_ROW)));
    }
    return filled;
  }

  private static DataObject button(Button button, CustomId.Prefix ids) {
    return DataObject.empty()
        .put("type", BUTTON)
        .put("style", SECONDARY)
        .put("label", cut(button.label(), Limits.LABEL_LENGTH))
        .put("custom_id", ids.of(button.id()));
  }

  /** A row whose buttons have descriptions, as one menu to choose from. */
  private static DataObject menu(List<Button> row, CustomId.Prefix ids) {
    DataArray options = DataArray.empty();
    for (Button button : row.stream().limit(Limits.MENU_OPTIONS).toList()) {
      String description = button.description().orElse("");
      String label =
          description.isEmpty() || description.equals(button.label())
              ? button.label()
              : button.label() + ". " + description;
      options.add(
          DataObject.empty()
              .put("label", cut(label, Limits.MENU_LABEL_LENGTH))
              .put("value", button.id()));
    }
    return DataObject.empty()
        .put("type", MENU)
        .put("custom_id", ids.of("menu:" + row.getFirst().id()))
        .put("options", options);
  }

  /** At most so many UTF-16 units, whole characters. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
