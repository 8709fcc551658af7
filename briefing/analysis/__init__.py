"""What several articles say together: stories, origins, disputes."""
