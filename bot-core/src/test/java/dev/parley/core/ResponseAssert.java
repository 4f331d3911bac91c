package dev.parley.core;

import dev.parley.platform.Button;
import dev.parley.platform.Response;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Says what a command answered. */
final class ResponseAssert extends AbstractAssert<ResponseAssert, Response> {
  ResponseAssert(Response response) {
    super(response, ResponseAssert.class);
  }

  ResponseAssert says(String text) {
    Assertions.assertThat(actual.text()).isEqualTo(text);
    return this;
  }

  ResponseAssert mentions(String... parts) {
    Assertions.assertThat(actual.text()).contains(parts);
    return this;
  }

  ResponseAssert offers(String... labels) {
    Assertions.assertThat(actual.buttons().stream().flatMap(List::stream))
        .extracting(Button::label)
        .containsExactly(labels);
    return this;
  }
}
