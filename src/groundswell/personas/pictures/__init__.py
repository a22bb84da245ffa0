"""Which pictures are the same picture? Hashes, local features, clusters. No face is recognised, nobody is named."""
