autocmd BufRead,BufNewFile *.admit setfiletype admit
