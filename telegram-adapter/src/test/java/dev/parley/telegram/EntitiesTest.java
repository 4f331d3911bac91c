package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.format.FormattedText;
import dev.parley.format.HostileText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/** Nothing that Parley says on Telegram calls somebody, invites somewhere or steers the app. */
class EntitiesTest {
  private static final String INVITING =
      "tg://|\\b(?:t|telegram)\\.(?:me|dog)(?::\\d+)?/+(?:\\+|%2B|joinchat/)\\w";

  /** What Telegram looks for by itself, and tells people of or opens. */
  private static final Pattern CALL =
      Pattern.compile("(?<!\\w)@[A-Za-z]\\w{2,}|" + INVITING, Pattern.CASE_INSENSITIVE);

  private final ObjectMapper json = new ObjectMapper();
  private final MessageSplitter splitter = new MessageSplitter(Limits.MESSAGE_LENGTH);

  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 5_000)
  void nobodyIsCalledAndNothingInvites(@ForAll("hostile") String text) {
    assertHarmless(text);
  }

  @Test
  void aMentionIsCodeAndAnAddressOfSomebodyIsNot() {
    assertThat(types("Ask @alice_b or mail a@b.example")).containsExactly("code");
    assertThat(types("**@alice_b** said")).containsExactly("code");
    assertHarmless("<@1tg://resolve?domain=x and @my.t.me/+abc");
    for (String invitation : List.of("t.me/+abc", "t.me:443/+abc", "x@t.me/%2Babc")) {
      assertThat(types("[free](https://" + invitation + ")")).isEmpty();
    }
    assertThat(types("[docs](https://t.me/durov)")).containsExactly("text_link");
  }

  @Test
  void noneOfManyIsForgotten() {
    assertHarmless("@alice_b ".repeat(400));
    assertHarmless("**x** ".repeat(150) + "@alice_b");
    assertHarmless("`x` ".repeat(150) + "@alice_b");
    assertHarmless("> @alice_b ".repeat(150));
  }

  private void assertHarmless(String markdown) {
    for (FormattedText part : splitter.split(Markdown.format(markdown))) {
      List<MessageEntity> entities = Entities.of(part);
      assertThat(entities).hasSizeLessThanOrEqualTo(Limits.ENTITIES);
      ObjectNode message = json.createObjectNode().put("text", part.text());
      message.set("entities", json.valueToTree(entities));
      assertThat(MessageRules.fault(message)).isEmpty();
      assertThat(CALL.matcher(part.text()).results())
          .allMatch(
              call ->
                  IntStream.range(call.start(), call.end()).allMatch(at -> isCode(entities, at)));
      assertThat(entities)
          .filteredOn(entity -> entity.getUrl() != null)
          .allMatch(entity -> entity.getUrl().matches("(?i)(?:https?://|mailto:)[^\n]*"))
          .noneMatch(entity -> Pattern.compile(INVITING).matcher(entity.getUrl()).find());
    }
  }

  private static boolean isCode(List<MessageEntity> entities, int at) {
    return entities.stream()
        .filter(entity -> List.of("code", "pre").contains(entity.getType()))
        .anyMatch(
            entity -> entity.getOffset() <= at && at < entity.getOffset() + entity.getLength());
  }

  private static List<String> types(String markdown) {
    return Entities.of(Markdown.format(markdown)).stream().map(MessageEntity::getType).toList();
  }
}
