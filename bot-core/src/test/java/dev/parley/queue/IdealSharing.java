package dev.parley.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What nobody can build: all who wait are served at once, each place with the same share of the
 * work, and each person in it with the same share of the place's (generalised processor sharing:
 * Parekh and Gallager, 1993). Does as much work as the real model did, so that the two compare.
 */
final class IdealSharing {
  private final Map<String, Map<String, Deque<Job>>> places = new LinkedHashMap<>();

  private final Map<Integer, Double> doneAt = new HashMap<>();

  private static final class Job {
    final int name;
    double left;

    Job(int name, double left) {
      this.name = name;
      this.left = left;
    }
  }

  /** When it was done. */
  double doneAt(int name) {
    return Objects.requireNonNull(doneAt.get(name), "it is done");
  }

  void add(int name, String place, String person, int tokens) {
    places
        .computeIfAbsent(place, key -> new LinkedHashMap<>())
        .computeIfAbsent(person, key -> new ArrayDeque<>())
        .add(new Job(name, tokens));
  }

  /** Does so many tokens of work until that time. */
  void work(double tokens, double now) {
    double left = tokens;
    while (left > 1e-6 && !places.isEmpty()) {
      double each = left / places.size();
      left = 0;
      for (Iterator<Map<String, Deque<Job>>> all = places.values().iterator(); all.hasNext(); ) {
        Map<String, Deque<Job>> people = all.next();
        left += workIn(people, each, now);
        if (people.isEmpty()) {
          all.remove();
        }
      }
    }
  }

  /** Returns what was left over. */
  private double workIn(Map<String, Deque<Job>> people, double tokens, double now) {
    double left = tokens;
    while (left > 0 && !people.isEmpty()) {
      double each = left / people.size();
      left = 0;
      for (Iterator<Deque<Job>> all = people.values().iterator(); all.hasNext(); ) {
        Deque<Job> jobs = all.next();
        left += workOn(jobs, each, now);
        if (jobs.isEmpty()) {
          all.remove();
        }
      }
    }
    return left;
  }

  private double workOn(Deque<Job> jobs, double tokens, double now) {
    double left = tokens;
    while (left > 0 && !jobs.isEmpty()) {
      Job job = jobs.getFirst();
      double done = Math.min(left, job.left);
      job.left -= done;
      left -= done;
      if (job.left <= 1e-6) {
        doneAt.put(jobs.removeFirst().name, now);
      }
    }
    return left;
  }
}
