package dev.parley.discord;

import dev.parley.platform.PersonId;
import java.util.Optional;

/**
 * What comes back with a press: the core's id, and whether it stands under an answer or in a panel,
 * and then whose panel that is. Where Discord keeps it, nothing of ours has to be kept; whether
 * somebody may do what it says, the core decides.
 *
 * @param owner of the panel; empty under an answer
 * @param interaction that an answer is to, where only its token reaches the answer
 * @param id the core's
 */
record CustomId(Optional<PersonId> owner, Optional<String> interaction, String id) {
  private static final String ANSWER = "a";
  private static final String ANSWER_ALONE = "i";
  private static final String PANEL = "p";
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

  static Prefix panel(PersonId owner) {
    return new Prefix(PANEL + owner.id());
  }

  /** The first word of the core's: what takes the press. */
  String word() {
    return id.split(":", 2)[0];
  }

  /** Reads one; what another version of Parley made is an answer's, and nothing the core knows. */
  static CustomId read(String customId) {
    int end = customId.indexOf(END);
    if (end > 1 && customId.startsWith(PANEL)) {
      PersonId owner = new PersonId(DiscordPlatform.NAME, customId.substring(1, end));
      return new CustomId(Optional.of(owner), Optional.empty(), customId.substring(end + 1));
    }
    Optional<String> interaction =
        end > 1 && customId.startsWith(ANSWER_ALONE)
            ? Optional.of(customId.substring(1, end)).filter(Interactions::isOne)
            : Optional.empty();
    return new CustomId(Optional.empty(), interaction, customId.substring(end + 1));
  }
}
