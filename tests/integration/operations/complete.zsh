# complete.zsh FOLDER TEXT PATTERN: types TEXT and a tab into a zsh that finds _accrue in FOLDER, and
# prints what the terminal shows once PATTERN is there.
zmodload zsh/zpty
zpty shell TERM=dumb zsh -f -i
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit; compinit -C -d $1/dump; print RE''ADY"
zpty -r shell shown '*READY*'
zpty -w -n shell "$2"$'\t'
zpty -r shell shown "$3"
print -r -- $shown
zpty -d shell
