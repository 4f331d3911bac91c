package dev.parley.discord;

import dev.parley.platform.PersonId;
import java.util.Optional;

/**
 * What comes back with a press: the core's id, and whether it stands under an answer or in a panel,
 * and then whose panel that is. Where Discord keeps it, nothing of ours has to be kept; whether
 * somebody may do what it says, the core decides.
 *
 * @param owner of the panel; empty under an answer
 * @param quiet whether it is of the place beside the channel that only one person sees
 * @param interaction that an answer is to, where only its token reaches the answer
 * @param id the core's
 */
record CustomId(Optional<PersonId> owner, boolean quiet, Optional<String> interaction, String id) {
  private static final String ANSWER = "a";
  private static final String ANSWER_ALONE = "i";
  private static final String PANEL = "p";
  private static final String QUIET_PANEL = "q";
  private static final String END = "|";

  /** What is put before the core's ids. */
  record Prefix(String text) {
    String of(String id) {
      return text + END + id;
    }
  }

  static Prefix answer() {
    return new Prefix(ANSWER);
  }

  /**
   * Under an answer that only its interaction reaches.
   *
   * @param interaction as the core knows it
   */
  static Prefix answer(String interaction) {
    return new Prefix(ANSWER_ALONE + interaction);
  }

  /**
   * In a panel.
   *
   * @param quiet whether it is of the place beside the channel
   */
  static Prefix panel(PersonId owner, boolean quiet) {
    return new Prefix((quiet ? QUIET_PANEL : PANEL) + owner.id());
  }

  /** Reads one; what another version of Parley made is an answer's, and nothing the core knows. */
  static CustomId read(String customId) {
    int end = customId.indexOf(END);
    String prefix = customId.substring(0, Math.max(0, end));
    String kind = prefix.isEmpty() ? "" : prefix.substring(0, 1);
    String value = prefix.isEmpty() ? "" : prefix.substring(1);
    String id = customId.substring(end + 1);
    if ((kind.equals(PANEL) || kind.equals(QUIET_PANEL)) && !value.isEmpty()) {
      return new CustomId(
          Optional.of(new PersonId(DiscordPlatform.NAME, value)),
          kind.equals(QUIET_PANEL),
          Optional.empty(),
          id);
    }
    Optional<String> interaction =
        kind.equals(ANSWER_ALONE) && Interactions.isOne(value)
            ? Optional.of(value)
            : Optional.empty();
    return new CustomId(Optional.empty(), false, interaction, id);
  }
}
