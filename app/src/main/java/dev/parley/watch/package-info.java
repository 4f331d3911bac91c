/** What somebody who watches the program from outside can see: figures and whether it is well. */
@NullMarked
package dev.parley.watch;

import org.jspecify.annotations.NullMarked;
