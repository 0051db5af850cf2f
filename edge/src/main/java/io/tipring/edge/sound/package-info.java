/// Sound that calls can play: spoken, from files, fetched; decoded and kept in memory.
@NullMarked
package io.tipring.edge.sound;

import org.jspecify.annotations.NullMarked;
