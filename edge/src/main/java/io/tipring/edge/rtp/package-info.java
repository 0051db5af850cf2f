/// Sound on the network: ports, RTP sessions and the workers' threads.
///
/// [io.tipring.edge.rtp.RtpMediaPlane] is the media plane over real sockets and platform threads,
/// [io.tipring.edge.rtp.LaneMediaPlane] the same without threads, for a World. Both are made of a
/// router (which leg is whose), a pool of rested ports, and workers at desks; each leg has one
/// [io.tipring.edge.rtp.RtpSession], whose packets come through [io.tipring.edge.rtp.DatagramIo].
package io.tipring.edge.rtp;
