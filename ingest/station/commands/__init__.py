"""The station's commands, one a module; `huji station …` and `huji-station …` share them."""
