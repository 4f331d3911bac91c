package dev.parley.configuration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something the operator can set.
 *
 * @param name its place in the file, levels separated by dots
 * @param kind what it may be
 * @param standard what holds where nobody set it, as one would write it
 * @param alias a second, shorter or common variable; empty for none
 * @param explanation what it does, in whole sentences
 */
record Key<T>(String name, Kind<T> kind, String standard, String alias, String explanation) {
  Key(String name, Kind<T> kind, String standard, String explanation) {
    this(name, kind, standard, "", explanation);
  }

  /** Its variables in the environment. */
  List<String> variables() {
    String variable = "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Stream.of(variable, alias).filter(v -> !v.isEmpty()).distinct().toList();
  }
}
