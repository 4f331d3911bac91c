package dev.parley.launcher;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --temperature}. */
final class Temperature implements ITypeConverter<Double> {
  /** Below it probabilities overflow: who wants less means 0. */
  private static final double LEAST = 0.01;

  private static final double MOST = 2;

  @Override
  public Double convert(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value == 0 || (value >= LEAST && value <= MOST)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("it must be 0, or a number from 0.01 to 2, not " + text);
  }
}
