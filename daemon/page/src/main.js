document.title = 'accrued';
