enum LOBSurveyPlaceholder {}
