package dev.parley.discord;

/**
 * How an interaction is answered, by Discord's numbers.
 *
 * @see <a
 *     href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type">Interaction
 *     callback type</a>
 */
enum AnswerType {
  MESSAGE(4),
  DEFERRED_MESSAGE(5),
  DEFERRED_CHANGE(6),
  CHANGE(7),
  CHOICES(8),
  FORM(9);

  private final int number;

  AnswerType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
