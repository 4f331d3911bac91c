package dev.parley.core;

import dev.parley.model.ChatMessage;
import dev.parley.platform.Button;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Says what people saw and what the model read. */
final class BotAssert extends AbstractAssert<BotAssert, Bot> {
  private BotAssert(Bot bot) {
    super(bot, BotAssert.class);
  }

  static BotAssert assertThat(Bot bot) {
    return new BotAssert(bot);
  }

  static ResponseAssert assertThat(Response response) {
    return new ResponseAssert(response);
  }

  /** What stands in the speaker's place now is exactly this. */
  BotAssert shows(Speaker to, String... texts) {
    Assertions.assertThat(texts(to.place().id())).containsExactly(texts);
    return this;
  }

  /** The newest message there. */
  BotAssert showsLast(Speaker to, String text) {
    Assertions.assertThat(texts(to.place().id()).getLast()).isEqualTo(text);
    return this;
  }

  /** This stood there at some time. */
  BotAssert showed(Speaker to, String text) {
    Assertions.assertThat(actual.platform.everythingIn(to.place().id())).contains(text);
    return this;
  }

  BotAssert showsButtons(Speaker to, String... labels) {
    Assertions.assertThat(actual.platform.in(to.place().id()).getLast().buttons())
        .extracting(Button::label)
        .containsExactly(labels);
    return this;
  }

  /** What the model last read after the system prompt, as {@code role: text}. */
  BotAssert read(String... turns) {
    List<ChatMessage> prompt = actual.model.lastPrompt();
    Assertions.assertThat(
            prompt.subList(1, prompt.size()).stream()
                .map(message -> message.role().wireName() + ": " + message.text()))
        .containsExactly(turns);
    return this;
  }

  /** The model was told this, in the system prompt of its last answer. */
  BotAssert wasTold(String part) {
    Assertions.assertThat(actual.model.lastPrompt().getFirst().text()).contains(part);
    return this;
  }

  BotAssert wasNotTold(String part) {
    Assertions.assertThat(actual.model.lastPrompt().getFirst().text()).doesNotContain(part);
    return this;
  }

  BotAssert wasAskedTimes(int times) {
    Assertions.assertThat(actual.model.prompts()).hasSize(times);
    return this;
  }

  private List<String> texts(PlaceId place) {
    return actual.platform.in(place).stream().map(RecordingPlatform.Shown::text).toList();
  }
}
