/// Text becomes speech: engines behind one port, and the threads they run on.
@NullMarked
package io.tipring.edge.speech;

import org.jspecify.annotations.NullMarked;
