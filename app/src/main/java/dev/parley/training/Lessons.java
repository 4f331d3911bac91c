package dev.parley.training;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is learned step by step, and how it goes on after a stop. Confined to one thread. */
interface Lessons {
  /** What a step is called. */
  String unit();

  /** The figures that are drawn, the most telling first. */
  List<Curve> curves();

  /** Steps of the whole run. */
  int steps();

  /** Steps that were done, those before a stop too. */
  int done();

  /** Steps between two examinations. */
  int stepsPerExamination();

  /**
   * Goes on where a run stopped that saved there.
   *
   * @param name of the run
   * @return whether there is one
   */
  boolean resume(Path file, String name) throws IOException;

  /** Saves what was learned so far. */
  void save(Path file, String name) throws IOException;

  /**
   * Goes on to the end, or until the listener has enough.
   *
   * @return whether the end was reached
   * @throws ModelException where the figures are no numbers any more
   */
  boolean run(Predicate<Step> goOn) throws IOException;

  /** Measures what is held out; empty where nothing is. */
  Map<String, Double> examine() throws IOException;
}
