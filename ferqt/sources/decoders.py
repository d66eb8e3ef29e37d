"""Which of FFmpeg's decoders strangers' films and streams may reach.

FFmpeg brings more than 500, most of them for games and programs of the nineties that nobody looks
after, and a film picks its own: one named holiday.avi can ask for any. What cameras, phones,
editing programs and archives write is here; the rest is closed, and with it what is wrong in it.
"""

from typing import Final

_VIDEO: Final = (
    "h264 hevc vvc av1 libdav1d vp8 libvpx vp9 libvpx-vp9 vp3 vp6 vp6f vp6a theora "
    "mpeg1video mpeg2video mpegvideo mpeg4 msmpeg4v1 msmpeg4v2 msmpeg4 h261 h263 h263p h263i flv "
    "wmv1 wmv2 wmv3 vc1 rv30 rv40 mjpeg mjpegb dvvideo dirac dnxhd prores cfhd hap jpeg2000 "
    "ffv1 huffyuv ffvhuff utvideo lagarith magicyuv rawvideo v210 v410 r210 png apng gif "
    "qtrle rpza smc 8bps svq1 svq3 cinepak indeo5 msvideo1 msrle"
)
_SOUND: Final = (
    "aac aac_latm mp1 mp1float mp2 mp2float mp3 mp3float ac3 eac3 dca truehd mlp flac alac ape tta "
    "wavpack vorbis opus libopus speex wmav1 wmav2 wmapro wmalossless cook amrnb amrwb "
    "libopencore_amrnb libopencore_amrwb gsm gsm_ms adpcm_ms adpcm_ima_wav adpcm_ima_qt adpcm_swf "
    "g722 g726 pcm_alaw pcm_mulaw pcm_u8 pcm_s8 pcm_s16le pcm_s16be pcm_s24le "
    "pcm_s24be pcm_s32le pcm_s32be pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_dvd pcm_bluray"
)

DECODERS: Final = frozenset((*_VIDEO.split(), *_SOUND.split()))
"""Their names in FFmpeg."""

ALLOWED: Final = ",".join(sorted(DECODERS))
"""The same as FFmpeg takes them: looking for what a file holds decodes some frames already."""
