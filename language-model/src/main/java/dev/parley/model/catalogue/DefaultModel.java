package dev.parley.model.catalogue;

import static java.util.Comparator.comparingLong;

import dev.parley.model.ModelException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One choice of the model for people who named none. */
final class DefaultModel {
  private static final Comparator<CatalogueEntry> SMALLEST_FIRST =
      comparingLong(CatalogueEntry::size);

  private final List<CatalogueEntry> entries;
  private final Locale locale;
  private final Machine machine;
  private final Predicate<CatalogueEntry> available;

  DefaultModel(
      List<CatalogueEntry> entries,
      Locale locale,
      Machine machine,
      Predicate<CatalogueEntry> available) {
    this.entries = entries.stream().filter(CatalogueEntry::automatic).toList();
    this.locale = locale;
    this.machine = machine;
    this.available = available;
  }

  Choice choose() {
    return largestOnTheCard().or(this::smallestThatSpeaks).orElseGet(this::smallestOfAll);
  }

  private Optional<Choice> largestOnTheCard() {
    return runnable()
        .filter(this::speaks)
        .filter(entry -> entry.minimumMemory() <= machine.cardMemory())
        .sorted(SMALLEST_FIRST.reversed())
        .filter(available)
        .findFirst()
        .map(entry -> new Choice(entry, "the largest for " + language() + " that fits the card"));
  }

  private Optional<Choice> smallestThatSpeaks() {
    return runnable()
        .filter(this::speaks)
        .sorted(SMALLEST_FIRST)
        .filter(available)
        .findFirst()
        .map(entry -> new Choice(entry, "the smallest for " + language()));
  }

  private Choice smallestOfAll() {
    CatalogueEntry entry =
        runnable()
            .min(SMALLEST_FIRST)
            .orElseThrow(
                () ->
                    new ModelException(
                        "No model of the catalogue runs on this machine: set PARLEY_MODEL to a"
                            + " file, or PARLEY_MODEL_URL to a server that has a model."));
    return new Choice(entry, "the smallest there is: " + whyNoneSpeaks());
  }

  private String whyNoneSpeaks() {
    List<CatalogueEntry> speaking =
        entries.stream().filter(this::speaks).sorted(SMALLEST_FIRST).toList();
    if (speaking.isEmpty()) {
      return "no model of the catalogue speaks " + language();
    }
    String name = speaking.getFirst().name();
    if (speaking.stream().noneMatch(machine::supports)) {
      return language() + " wants " + name + ", which needs a later version";
    }
    if (runnable().noneMatch(this::speaks)) {
      return language() + " wants " + name + ", which needs more memory";
    }
    return "no source of " + name + " for " + language() + " answers";
  }

  private Stream<CatalogueEntry> runnable() {
    return entries.stream().filter(machine::supports).filter(machine::holds);
  }

  private boolean speaks(CatalogueEntry entry) {
    return entry.languages().contains(locale.getLanguage());
  }

  private String language() {
    return locale.getDisplayLanguage(Locale.ENGLISH);
  }
}
