package dev.parley.demo;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Sentences of film reviews that are positive or negative (Pang and Lee 2005), as NLTK packs them:
 * two files, one sentence a line, words and signs with spaces between them.
 *
 * @param learned what the network and the reward model learn from, both signs mixed
 * @param judged what the judge alone learns from, and prompts begin like
 */
record PolarityCorpus(List<Sentence> learned, List<Sentence> judged) {
  private static final String POSITIVE = "rt-polarity.pos";
  private static final String NEGATIVE = "rt-polarity.neg";

  /** Longer ones would take most of the time. */
  private static final int MOST_WORDS = 20;

  /** A prompt is as long, and something is to follow it. */
  private static final int LEAST_WORDS = 4;

  /** With fewer, no half teaches anything. */
  private static final int LEAST_SENTENCES = 20;

  record Sentence(List<String> words, boolean positive) {
    Sentence {
      words = List.copyOf(words);
    }
  }

  PolarityCorpus {
    learned = List.copyOf(learned);
    judged = List.copyOf(judged);
  }

  /**
   * Reads the corpus and halves it.
   *
   * @throws ModelException where the file is another one
   */
  static PolarityCorpus read(Path file, long seed) throws IOException {
    List<Sentence> learned = new ArrayList<>();
    List<Sentence> judged = new ArrayList<>();
    Random random = new Random(seed);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (boolean positive : new boolean[] {false, true}) {
        List<Sentence> all = sentences(zip, file, positive);
        Collections.shuffle(all, random);
        learned.addAll(all.subList(0, all.size() / 2));
        judged.addAll(all.subList(all.size() / 2, all.size()));
      }
    } catch (ZipException e) {
      throw new ModelException("%s is no zip file: %s".formatted(file, wanted()));
    }
    Collections.shuffle(learned, random);
    Collections.shuffle(judged, random);
    return new PolarityCorpus(learned, judged);
  }

  private static List<Sentence> sentences(ZipFile zip, Path file, boolean positive)
      throws IOException {
    String name = positive ? POSITIVE : NEGATIVE;
    ZipEntry entry =
        zip.stream()
            .filter(each -> Path.of(each.getName()).endsWith(name))
            .findFirst()
            .orElseThrow(
                () -> new ModelException("%s has no %s: %s".formatted(file, name, wanted())));
    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
    List<Sentence> sentences = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.size() >= LEAST_WORDS && words.size() <= MOST_WORDS) {
        sentences.add(new Sentence(words, positive));
      }
    }
    if (sentences.size() < LEAST_SENTENCES) {
      throw new ModelException(
          "%s of %s has %,d sentences of %d to %d words, and %d are the least."
              .formatted(name, file, sentences.size(), LEAST_WORDS, MOST_WORDS, LEAST_SENTENCES));
    }
    return sentences;
  }

  private static String wanted() {
    return "name NLTK's sentence_polarity.zip by --data.";
  }

  /** Those to learn from of one sign. */
  List<Sentence> learned(boolean positive) {
    return learned.stream().filter(each -> each.positive() == positive).toList();
  }
}
