package dev.parley.loading;

import dev.parley.configuration.Configuration;
import dev.parley.model.ChatMessage;
import dev.parley.model.ranking.BestOf;
import dev.parley.model.ranking.Judge;
import dev.parley.model.ranking.Ranker;
import dev.parley.model.ranking.RankerJudge;
import dev.parley.model.transformer.Processor;
import dev.parley.training.RewardJudge;
import dev.parley.training.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several judges as one: what each says of how likely an answer is the best is multiplied, as
 * logarithms are added.
 */
record Judges(List<Judge> all) implements Judge {
  Judges {
    all = List.copyOf(all);
  }

  /**
   * What chooses answers; empty where each question is to have one.
   *
   * @throws dev.parley.model.ModelException where a folder has nothing that judges
   */
  static Optional<BestOf> bestOf(Configuration configuration) throws IOException {
    Configuration.BestOf wanted = configuration.bestOf();
    if (wanted.answers() < 2) {
      return Optional.empty();
    }
    List<Judge> judges = new ArrayList<>();
    try {
      if (wanted.rewardModel().isPresent()) {
        Processor processor = configuration.model().processor().orElseGet(Processor::best);
        judges.add(RewardJudge.load(wanted.rewardModel().get(), processor));
      }
      if (wanted.ranker().isPresent()) {
        Path file = new RunFolder(wanted.ranker().get()).ranker();
        judges.add(new RankerJudge(Ranker.load(file)));
      }
      return Optional.of(new BestOf(wanted.answers(), new Judges(judges)));
    } catch (IOException | RuntimeException | Error e) {
      judges.forEach(Judge::close);
      throw e;
    }
  }

  @Override
  public double[] score(List<ChatMessage> prompt, List<String> answers) {
    double[] sums = new double[answers.size()];
    for (Judge judge : all) {
      double[] scores = judge.score(prompt, answers);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
      }
    }
    return sums;
  }

  @Override
  public void close() {
    all.forEach(Judge::close);
  }
}
