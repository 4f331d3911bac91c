/**
 * Which models there are, which one suits this machine, and how its file comes here: from a folder,
 * from the Hugging Face hub or inside a Python package, resumed where it was cut and checked by its
 * SHA-256. Knows nothing of what the files hold.
 */
@NullMarked
package dev.parley.model.catalogue;

import org.jspecify.annotations.NullMarked;
