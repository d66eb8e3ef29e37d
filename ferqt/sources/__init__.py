"""Where frames come from: files, pictures, cameras, streams and the demo."""
