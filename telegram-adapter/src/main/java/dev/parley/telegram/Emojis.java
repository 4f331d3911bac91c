package dev.parley.telegram;

import dev.parley.platform.Thumb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.telegram.telegrambots.meta.api.objects.reactions.ReactionType;
import org.telegram.telegrambots.meta.api.objects.reactions.ReactionTypeEmoji;

/**
 * What reactions say of an answer. Left out of Telegram's list is what may be said of a good
 * answer's content as well, such as tears, laughter and anger.
 */
final class Emojis {
  private static final Set<String> UP =
      Set.of(
          "👍", "❤", "❤\u200d🔥", "🔥", "🥰", "😍", "👏", "🤩", "🙏", "👌", "💯", "🏆", "🆒", "💘");
  private static final Set<String> DOWN = Set.of("👎", "💩", "🤮", "🤡", "🥱", "😴", "🖕");

  /** Asks for an emoji's coloured form, which Telegram leaves out and others may not. */
  private static final String VARIATION = "\ufe0f";

  private Emojis() {}

  /** Empty where they say nothing of it, or both. */
  static Optional<Thumb> thumb(List<ReactionType> reactions) {
    Set<Thumb> said =
        reactions.stream()
            .filter(ReactionTypeEmoji.class::isInstance)
            .map(reaction -> ((ReactionTypeEmoji) reaction).getEmoji().replace(VARIATION, ""))
            .flatMap(emoji -> thumb(emoji).stream())
            .collect(Collectors.toSet());
    return said.size() == 1 ? said.stream().findFirst() : Optional.empty();
  }

  private static Optional<Thumb> thumb(String emoji) {
    if (UP.contains(emoji)) {
      return Optional.of(Thumb.UP);
    }
    return DOWN.contains(emoji) ? Optional.of(Thumb.DOWN) : Optional.empty();
  }
}
