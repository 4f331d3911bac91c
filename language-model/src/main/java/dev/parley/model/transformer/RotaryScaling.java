package dev.parley.model.transformer;

/**
 * Stretches the slow rotations of a model trained on shorter texts, as Llama 3.1 does.
 *
 * @param factor by how much slow rotations are slowed, at least 1
 * @param lowFrequencyFactor wavelengths longer than the original length over this are slowed whole
 * @param highFrequencyFactor those shorter than the original length over this are left alone
 * @param originalLength the context length the model was first trained for
 */
record RotaryScaling(
    double factor, double lowFrequencyFactor, double highFrequencyFactor, double originalLength) {

  static final RotaryScaling NONE = new RotaryScaling(1, 1, 4, 8_192);

  double apply(double frequency) {
    double wavelength = 2 * Math.PI / frequency;
    if (factor == 1 || wavelength < originalLength / highFrequencyFactor) {
      return frequency;
    }
    if (wavelength > originalLength / lowFrequencyFactor) {
      return frequency / factor;
    }
    double smooth =
        (originalLength / wavelength - lowFrequencyFactor)
            / (highFrequencyFactor - lowFrequencyFactor);
    return (1 - smooth) * frequency / factor + smooth * frequency;
  }
}
