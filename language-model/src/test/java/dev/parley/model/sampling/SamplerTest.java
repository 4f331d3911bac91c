package dev.parley.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
  static Stream<JsonNode> cases() {
    return StreamSupport.stream(
        Goldens.json("sampling/index.json").get("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilitiesAreThoseOfTransformers(JsonNode golden) {
    Sampler sampler =
        new Sampler(
            new SamplingOptions(
                golden.get("temperature").asDouble(),
                golden.get("top_k").asInt(),
                golden.get("top_p").asDouble(),
                golden.get("min_p").asDouble(),
                golden.get("repetition_penalty").asDouble(),
                0,
                OptionalLong.empty()),
            1);
    IntStream.of(Goldens.ints(golden.get("previous_ids"))).forEach(sampler::saw);

    float[] expected = Goldens.floats("sampling/" + golden.get("probabilities").asText());
    float[] found =
        sampler.probabilities(Goldens.floats("sampling/" + golden.get("logits").asText()));

    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isBetween(expected[i] - 1e-5f, expected[i] + 1e-5f);
      assertThat(found[i] > 0).isEqualTo(expected[i] > 0);
    }
  }

  @Test
  void theSameSeedDrawsTheSameTokens() {
    float[] logits = Goldens.floats("sampling/logits0.f32");
    SamplingOptions options = SamplingOptions.GREEDY.withTemperature(1).withSeed(7);

    assertThat(draws(new Sampler(options, 1), logits))
        .isEqualTo(draws(new Sampler(options, 2), logits));
  }

  /** 2 - 0.6 times is still more than 1 once, and no more twice; what was only asked is free. */
  @Test
  void theFrequencyPenaltyCountsWhatWasAnswered() {
    float[] logits = {2, 1, 0};
    Sampler sampler = new Sampler(new SamplingOptions(0, 0, 1, 0, 1, 0.6, OptionalLong.empty()), 0);
    for (int i = 0; i < 9; i++) {
      sampler.saw(0);
    }
    List<Integer> answer = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answer.add(sampler.next(logits, 0, 3));
      sampler.drew(answer.getLast());
    }

    assertThat(answer).containsExactly(0, 0, 1, 0, 1, 0);
  }

  @Test
  void tokensAreDrawnAsOftenAsTheirProbability() {
    float[] logits = {0, (float) Math.log(3)};
    Sampler sampler = new Sampler(SamplingOptions.GREEDY.withTemperature(1).withSeed(11), 0);

    long ones = IntStream.range(0, 40_000).filter(i -> sampler.next(logits, 0, 2) == 1).count();

    assertThat(ones).isBetween(29_400L, 30_600L); // 30,000 expected; seven standard deviations
  }

  @Test
  void logitsThatAreNoNumbersAreAnError() {
    Sampler sampler = new Sampler(SamplingOptions.GREEDY, 0);

    assertThatThrownBy(() -> sampler.next(new float[] {0, Float.NaN, 1}, 0, 3))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a number");
  }

  private static int[] draws(Sampler sampler, float[] logits) {
    return IntStream.range(0, 50).map(i -> sampler.next(logits, 0, logits.length)).toArray();
  }
}
