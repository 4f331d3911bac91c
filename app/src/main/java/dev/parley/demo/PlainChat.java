package dev.parley.demo;

import dev.parley.model.SamplingOptions;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.training.Rollout;
import dev.parley.model.training.Rollouts;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Transformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Talks as {@link dev.parley.model.training.data.PlainEncoder} writes it: lines of plain text, an
 * end token after each answer. Always the most probable token is taken.
 *
 * @param end the token that ends an answer
 * @param answerTokens most of an answer
 */
record PlainChat(Tokenizer tokenizer, int end, int answerTokens) {
  /** Asks one question after the other; what was answered stays in the conversation. */
  List<String> answers(TrainableTransformer network, List<String> questions) throws IOException {
    try (MemoryTensors weights = network.weights();
        Transformer writer =
            Transformer.load(
                network.checkpoint(weights),
                MemoryPlan.onCpu(Weights.FP32, 1, network.longest()))) {
      Rollouts rollouts =
          new Rollouts(writer, id -> id == end, SamplingOptions.GREEDY, answerTokens);
      int[] said = tokenizer.startToken().stream().toArray();
      List<String> answers = new ArrayList<>();
      for (String question : questions) {
        int[] prompt = joined(said, tokenizer.encode(question + "\n"));
        if (prompt.length + answerTokens > writer.slotLength()) {
          answers.add(""); // it talked so much before that no room is left
          continue;
        }
        Rollout answer = rollouts.write(List.of(prompt), 0).getFirst();
        int length = answer.answer().length - (answer.ended() ? 1 : 0);
        answers.add(tokenizer.decode(Arrays.copyOf(answer.answer(), length)));
        said = joined(answer.tokens(), answer.ended() ? new int[0] : new int[] {end});
      }
      return answers;
    }
  }

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }
}
