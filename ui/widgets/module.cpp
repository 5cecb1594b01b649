// Keeps the folder buildable until its first source arrives.
