package dev.parley.bench;

import dev.parley.model.ChatMessage;
import dev.parley.model.LanguageModel;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of a wanted length that share no beginning with one another, so that no cache helps. */
final class Words {
  private static final List<String> ALL =
      List.of(
          ("river garden window paper yellow morning travel summer market silver kitchen music"
                  + " winter letter bridge animal forest teacher harbour engine pocket mountain"
                  + " question evening island doctor history blanket village number candle shadow"
                  + " butter circle dinner flower glass horse journey ladder mirror needle ocean"
                  + " pencil rabbit school table uncle valley water young apple bread cloud dance")
              .split(" "));

  private final LanguageModel model;
  private final RandomGenerator random;

  Words(LanguageModel model, RandomGenerator random) {
    this.model = model;
    this.random = random;
  }

  /** A text that, as a message alone, makes a prompt of about so many tokens and not more. */
  String of(int tokens) {
    int count = tokens;
    String text = words(count);
    int found = tokens(text);
    while (found > tokens && count > 1) {
      count = Math.max(1, Math.min(count - 1, (int) ((long) count * tokens / found)));
      text = Stream.of(text.split(" ")).limit(count).collect(Collectors.joining(" "));
      found = tokens(text);
    }
    return text;
  }

  private String words(int count) {
    return Stream.generate(() -> ALL.get(random.nextInt(ALL.size())))
        .limit(count)
        .collect(Collectors.joining(" "));
  }

  private int tokens(String text) {
    return model.countTokens(List.of(ChatMessage.user(text)));
  }
}
