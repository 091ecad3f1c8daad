"""Renders the demo plant's videos, pictures, audio and PDFs from the sources in this package.

Run it as `python -m tools.demo_media [--only loto]`. It needs ffmpeg and the Noto fonts; a voice comes from flite
or espeak-ng, and from a soft tone where neither is installed. The product never imports it.
"""
